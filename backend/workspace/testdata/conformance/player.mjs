// Pages for a browser: one plays what a signed link opens, without anybody signed in; one leads into the app.
import assert from "node:assert/strict";
import { address, one, signIn } from "./studio.mjs";

const session = await signIn("maya");
const version = await one(session, "select id, thumbnail_id from AssetVersion where thumbnail_id is_not none limit 1");
const [{ signed_url: signed }] = await session.call([{ action: "generate_signed_url", component_id: version.thumbnail_id }]);
const ticket = new URL(signed).searchParams.get("ticket");

const page = await fetch(`${address}/player/version/${version.id}?${new URLSearchParams({ ticket })}`);
assert.equal(page.status, 200);
const text = await page.text();
const [, source] = /<(?:img|video)[^>]* src="([^"]+)"/.exec(text);
const file = await fetch(new URL(source.replaceAll("&amp;", "&"), address));
assert.equal(file.status, 200);
assert.match(file.headers.get("content-type"), /^(image|video)\//);
await file.arrayBuffer();

// A link that somebody changed plays nothing, and the page does not say whether the version exists.
for (const id of [version.id, crypto.randomUUID()]) {
  const refused = await fetch(`${address}/player/version/${id}?ticket=${ticket.slice(0, -2)}xx`);
  assert.equal(refused.status, 403);
  assert.doesNotMatch(await refused.text(), /component/);
  const open = await fetch(`${address}/open/version/${id}`);
  assert.equal(open.status, 200);
  assert.match(await open.text(), new RegExp(`callboard://open/version/${id}`));
}
