// What is inside an Excel workbook: its parts by name, as texts.
import { inflateRawSync } from "node:zlib";

/** The parts of a packed file, read by its directory, which stands at its end. */
export function unpacked(file: Buffer): Record<string, string> {
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const parts: Record<string, string> = {};
  let entry = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [file.readUInt16LE(entry + 10), file.readUInt32LE(entry + 20)];
    const [name, extra, comment] = [28, 30, 32].map((at) => file.readUInt16LE(entry + at));
    const head = file.readUInt32LE(entry + 42);
    const begin = head + 30 + file.readUInt16LE(head + 26) + file.readUInt16LE(head + 28);
    const packed = file.subarray(begin, begin + size);
    const title = file.toString("utf8", entry + 46, entry + 46 + name);
    parts[title] = (method === 0 ? packed : inflateRawSync(packed)).toString("utf8");
    entry += 46 + name + extra + comment;
  }
  return parts;
}
