// Files by the client's own uploader: at once, in parts, as an avatar; and what becomes of a lie.
import assert from "node:assert/strict";
import { one, signIn, userID } from "./studio.mjs";

// The uploader speaks to servers as browsers do. This is as much of a browser as it needs.
globalThis.window = { navigator: { onLine: true }, addEventListener() {}, removeEventListener() {} };
globalThis.XMLHttpRequest = class extends EventTarget {
  upload = new EventTarget();
  headers = {};
  readyState = 0;
  status = 0;
  open(method, url) {
    Object.assign(this, { method, url });
  }
  setRequestHeader(name, value) {
    this.headers[name] = value;
  }
  getResponseHeader(name) {
    return this.answer.headers.get(name);
  }
  async send(body) {
    try {
      this.answer = await fetch(this.url, { method: this.method, headers: { Origin: "https://studio.example", ...this.headers }, body });
      this.response = await this.answer.text();
      this.readyState = 4;
      this.status = this.answer.status;
      // What the server does not expose, a browser's page never reads.
      assert.match(this.answer.headers.get("access-control-expose-headers"), /\bETag\b/);
      this.onreadystatechange?.();
      this.onload?.();
    } catch (error) {
      console.error(error);
      this.onerror?.();
    }
  }
  abort() {}
};

const session = await signIn("maya");

async function fetched(id) {
  const answer = await fetch(session.getComponentUrl(id));
  assert.equal(answer.status, 200);
  return answer;
}

// At once.
const small = new File([JSON.stringify({ a: 1, "b ü": [true] })], "dåta.json", { type: "application/json" });
const [component, location, metadata] = await session.createComponent(small);
assert.equal(component.data.name, "dåta");
assert.equal(component.data.file_type, ".json");
assert.equal(component.data.size, small.size);
assert.equal(metadata.component_id, component.data.id);
assert.equal(location.data.component_id, component.data.id);
const got = await fetched(component.data.id);
assert.equal(await got.text(), await small.text());
assert.match(got.headers.get("content-disposition"), /^attachment; filename\*=utf-8''d%C3%A5ta\.json$/);
const stored = await one(session, `select component_locations.location.name, component_locations.url from Component where id is "${component.data.id}"`);
assert.equal(stored.component_locations[0].location.name, "ftrack.server");

// In parts: more than two of 8 MiB, the last of them short.
const bytes = new Uint8Array(17 * 1024 * 1024 + 13).map((_, i) => (i * 2654435761) >>> 13);
const progress = [];
const [movie, , parts] = await session.createComponent(new File([bytes], "take.mov"), { data: { name: "main" }, onProgress: (percent) => progress.push(percent) });
assert.deepEqual(parts.urls, [], "the uploader used all the addresses");
assert.ok(parts.upload_id);
const whole = new Uint8Array(await (await fetched(movie.data.id)).arrayBuffer());
assert.equal(Buffer.compare(whole, bytes), 0);
const middle = await fetch(session.getComponentUrl(movie.data.id), { headers: { Range: "bytes=8388600-8388615" } });
assert.equal(middle.status, 206);
assert.deepEqual(new Uint8Array(await middle.arrayBuffer()), bytes.slice(8388600, 8388616));

// A link for somebody without an account.
const [{ signed_url }] = await session.call([{ action: "generate_signed_url", component_id: movie.data.id }]);
assert.ok(!signed_url.includes("apiKey"));
assert.equal((await fetch(signed_url, { method: "HEAD" })).headers.get("content-length"), String(bytes.length));

// A part that was not sent is missed, by its number.
const started = await session.call([
  { action: "create", entity_type: "FileComponent", entity_data: { __entity_type__: "FileComponent", id: crypto.randomUUID(), name: "half" } },
]);
const half = started[0].data.id;
const [offered] = await session.call([{ action: "get_upload_metadata", component_id: half, file_name: "half", file_size: 10, parts: 2 }]);
const first = await fetch(offered.urls[0].signed_url, { method: "PUT", body: "12345" });
await assert.rejects(
  session.call([
    {
      action: "complete_multipart_upload",
      component_id: half,
      upload_id: offered.upload_id,
      parts: [
        { part_number: 1, e_tag: first.headers.get("etag") },
        { part_number: 2, e_tag: first.headers.get("etag") },
      ],
    },
  ]),
  /Part 2 has not been uploaded/,
);
assert.equal((await fetch(session.getComponentUrl(half))).status, 404);

// An avatar, seen by others.
const picture = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
const [avatar] = await session.createComponent(new File([picture], "me.png"));
const me = await userID(session, "maya");
const before = (await one(session, 'select thumbnail_id from User where username is "maya"')).thumbnail_id;
await session.update("User", [me], { thumbnail_id: avatar.data.id });
const tomas = await signIn("tomas");
const seen = await one(tomas, 'select thumbnail_id from User where username is "maya"');
assert.equal((await fetch(tomas.thumbnailUrl(seen.thumbnail_id, { size: 64 }))).headers.get("content-type"), "image/png");
await session.update("User", [me], { thumbnail_id: before });

// Where there is no picture.
assert.equal((await fetch(session.thumbnailUrl(null))).headers.get("content-type"), "image/png");

// A server with storage of its own: Connect asks nobody where files go.
const [{ storage_scenario }] = await session.call([{ action: "query_server_information", values: ["storage_scenario"] }]);
assert.equal(storage_scenario.scenario, "ftrack.automatic");
