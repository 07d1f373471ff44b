// Pictures by the addresses that the client makes.
import assert from "node:assert/strict";
import { one, signIn } from "./studio.mjs";

const session = await signIn("maya");
const user = await one(session, 'select thumbnail_id from User where username is "tomas"');
for (const [url, least] of [[session.thumbnailUrl(user.thumbnail_id, { size: 96 }), 500], [session.getComponentUrl(user.thumbnail_id), 2000]]) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url.replace(/apiKey=[^&]*/, ""));
  assert.equal(answer.headers.get("content-type"), "image/png");
  assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
  assert.ok((await answer.arrayBuffer()).byteLength > least);
}
const missing = await fetch(session.thumbnailUrl("00000000-0000-4000-8000-000000000000"));
assert.equal(missing.status, 404);
const stranger = await fetch(session.thumbnailUrl(user.thumbnail_id).replace(/apiKey=[^&]*/, "apiKey=wrong"));
assert.equal(stranger.status, 401);
