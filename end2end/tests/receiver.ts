// Somebody who is told of events: keeps every message and checks its signature as Standard Webhooks says.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Message = { type: string; data: Record<string, unknown>; signed: (secret: string) => boolean };
export type Receiver = { url: string; messages: Message[]; stop: () => Promise<void> };

/** Listens on a free port and answers 204 to every message. */
export async function receive(): Promise<Receiver> {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    const told = [request.headers["webhook-id"], request.headers["webhook-timestamp"], body].join(".");
    const signature = request.headers["webhook-signature"];
    const signed = (secret: string) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      return signature === `v1,${createHmac("sha256", key).update(told).digest("base64")}`;
    };
    messages.push({ ...JSON.parse(body), signed });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, messages, stop };
}
