// The official client of JavaScript does its tasks; prints what came of each as JSON.
//
// Run in the folder that it is installed in, with the base URL and the key of a sandbox, and a signed
// webhook as JSON.
import { createRequire } from "node:module";

const [url, auth, webhook] = process.argv.slice(2);
const require = createRequire(`${process.cwd()}/`);
const Replicate = require("replicate");
const client = new Replicate({ auth, baseUrl: url });
const flux = "black-forest-labs/flux-schnell";
const version = (await client.models.get("sandbox", "painter")).latest_version.id;
const painter = `sandbox/painter:${version}`;
const poll = { interval: 50 };
const made = (input) => client.predictions.create({ version, input: { prompt: "x", ...input } });

const tasks = {
  run: async () => {
    const output = await client.run(flux, { input: { prompt: "a" } });
    return [output.length, output[0].constructor.name, (await output[0].blob()).size > 100];
  },
  "run a version": async () => {
    const wait = { mode: "poll", ...poll };
    return (await client.run(painter, { input: { prompt: "a" }, wait })).length;
  },
  stream: async () => {
    let text = "";
    const last = [];
    for await (const event of client.stream("sandbox/writer", { input: { prompt: "one" } })) {
      if (event.event === "output") text += event.data;
      last[0] = event.event;
    }
    return [text, last[0]];
  },
  "stream files": async () => {
    const kinds = [];
    const input = { prompt: "a" };
    for await (const event of client.stream(flux, { input })) kinds.push(event.event);
    return kinds;
  },
  prediction: async () => (await client.wait(await made({}), poll)).status,
  cancel: async () => (await client.predictions.cancel((await made({ prompt: "sandbox:never" })).id)).status,
  fail: async () => {
    try {
      const wait = { mode: "poll", ...poll };
      await client.run(painter, { input: { prompt: "sandbox:fail" }, wait });
    } catch (error) {
      return String(error);
    }
    return "it did not fail";
  },
  "file in an input": async () => {
    const image = new Blob(["hello"], { type: "text/plain" });
    return (await made({ image })).input.image.includes("/files/");
  },
  files: async () => {
    const file = await client.files.create(new Blob(["hello"], { type: "text/plain" }));
    const found = await client.files.get(file.id);
    await client.files.delete(file.id);
    return [found.size, found.content_type];
  },
  search: async () => (await client.models.search("word by word")).results.map((model) => model.name),
  deployment: async () => {
    const instances = { min_instances: 0, max_instances: 1 };
    const own = { name: "js", model: "sandbox/painter", version, hardware: "cpu", ...instances };
    await client.deployments.create(own);
    const run = await client.deployments.predictions.create("sandbox", "js", { input: { prompt: "x" } });
    return (await client.wait(run, poll)).status;
  },
  training: async () => {
    await client.models.create("sandbox", "js", { visibility: "private", hardware: "cpu" });
    const to = { destination: "sandbox/js", input: {} };
    let training = await client.trainings.create("sandbox", "painter", version, to);
    while (!["succeeded", "failed"].includes(training.status)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      training = await client.trainings.get(training.id);
    }
    return training.status;
  },
  webhook: async () => {
    const { key } = await client.webhooks.default.secret.get();
    const delivery = { ...JSON.parse(webhook), secret: key };
    const { validateWebhook } = Replicate;
    const changed = { ...delivery, body: `${delivery.body} ` };
    return [await validateWebhook(delivery), await validateWebhook(changed)];
  },
};

const found = {};
for (const [name, task] of Object.entries(tasks)) {
  try {
    found[name] = await task();
  } catch (error) {
    found[name] = String(error);
  }
}
console.log(JSON.stringify(found));
