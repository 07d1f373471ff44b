// A square of a picture as somebody's own, and nothing else of its file; what is no picture is refused.
import assert from "node:assert/strict";
import zlib from "node:zlib";
import { one, signIn, userID } from "./studio.mjs";

// drawing is a PNG of so many grey pixels, with words hidden in it.
function drawing(width, height, words) {
  const table = Uint32Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((c) => (c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1), n));
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const sum = body.reduce((c, byte) => table[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff;
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const end = Buffer.alloc(4);
    end.writeUInt32BE(sum >>> 0);
    return Buffer.concat([head, body, end]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = zlib.deflateSync(Buffer.alloc((width + 1) * height, 0x7f).map((byte, at) => (at % (width + 1) ? byte : 0)));
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("tEXt", Buffer.from(`Comment\0${words}`)), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

const session = await signIn("maya");
const tomas = await signIn("tomas");
const me = await userID(session, "maya");

async function send(content, square) {
  const id = crypto.randomUUID();
  const [offer] = await session.call([{ action: "get_upload_metadata", component_id: id, file_name: "me.png", file_size: content.length, square }]);
  return [id, await fetch(offer.url, { method: "PUT", headers: offer.headers, body: content })];
}

const before = (await one(session, `select thumbnail_id from User where id is "${me}"`)).thumbnail_id;
const [id, put] = await send(drawing(900, 600, "taken at home"), { left: 0.1, top: 0, edge: 1 });
assert.equal(put.status, 200);
const stored = await put.json();
assert.equal(stored.file_type, ".jpg");
await session.call([
  { action: "create", entity_type: "FileComponent", entity_data: { __entity_type__: "FileComponent", id, name: "portrait", system_type: "file", ...stored } },
  { action: "update", entity_type: "User", entity_key: [me], entity_data: { __entity_type__: "User", thumbnail_id: id } },
]);

const seen = await one(tomas, `select thumbnail_id, thumbnail.file_type, thumbnail.size from User where id is "${me}"`);
assert.equal(seen.thumbnail_id, id);
const file = Buffer.from(await (await fetch(tomas.getComponentUrl(id))).arrayBuffer());
assert.equal(file.length, seen.thumbnail.size);
assert.equal(file.readUInt16BE(0), 0xffd8, "it was made anew");
assert.ok(!file.includes("taken at home"), "what the file told is kept");
assert.equal((await fetch(tomas.thumbnailUrl(id, { size: 96 }))).headers.get("content-type"), "image/png");

for (const [content, square, code] of [
  [Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), {}, "no_picture"],
  [drawing(1, 20000, ""), {}, "picture_too_small"],
  [drawing(900, 600, "").subarray(0, 80), {}, "picture_damaged"],
]) {
  const [none, refused] = await send(content, square);
  assert.equal(refused.status, 400);
  assert.equal((await refused.json()).code, code);
  assert.equal((await fetch(session.getComponentUrl(none))).status, 404);
}
await assert.rejects(send(drawing(90, 60, ""), { left: 2 }), /fractions/);

// Taken away, nobody sees it any more.
await session.update("User", [me], { thumbnail_id: null });
assert.equal((await one(tomas, `select thumbnail_id from User where id is "${me}"`)).thumbnail_id, null);
assert.equal((await fetch(tomas.thumbnailUrl(id, { size: 96 }))).status, 404);
await session.update("User", [me], { thumbnail_id: before });
