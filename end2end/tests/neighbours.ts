// The program beside an API it may read and an address it may tell.
import { test as base } from "./program";
import { receive, type Receiver } from "./receiver";
import { simulate, type Simulator } from "./simulator";

export const test = base.extend<{ api: Simulator; receiver: Receiver }>({
  api: async ({}, use) => {
    const api = await simulate("rest");
    await use(api);
    await api.stop();
  },
  receiver: async ({}, use) => {
    const receiver = await receive();
    await use(receiver);
    await receiver.stop();
  },
  settings: async ({ api, receiver }, use) => {
    const hosts = [api.url, receiver.url].map((url) => new URL(url).host);
    await use({ PASSERELLE_ALLOW_PRIVATE_HOSTS: hosts.join(",") });
  },
});
