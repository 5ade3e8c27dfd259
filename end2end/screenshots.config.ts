import config from "./playwright.config";

/** The pictures of the README; `npm run screenshots` makes them anew. */
export default { ...config, testDir: "pictures" };
