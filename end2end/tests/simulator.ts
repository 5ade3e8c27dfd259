// A simulated service beside the program, in a process of its own.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** What a client needs to know of it, by name, such as `token`; where it listens; and its end. */
export type Simulator = { told: Record<string, string>; url: string; stop: () => Promise<void> };

/** Starts the simulator of a service; it was built beside the program. By itself it keeps no limits. */
export async function simulate(service: string, flags = ["--no-limits"]): Promise<Simulator> {
  const binary = join(dirname(process.env.PASSERELLE_BIN!), "sandbox");
  const child = spawn(binary, [service, ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    });
  const told: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const at = line.lastIndexOf(" ");
    const [name, value] = [line.slice(0, at), line.slice(at + 1)];
    if (name === "listening on") return { told, url: value, stop };
    told[name] = value;
  }
  throw new Error(`the simulator of ${service} ended before it listened`);
}
