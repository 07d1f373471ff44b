// What a person prefers, and what the workspace chose for those who did not.
import assert from "node:assert/strict";
import { one, signIn, userID } from "./studio.mjs";

const [maya, ines] = await Promise.all(["maya", "ines"].map((name) => signIn(name)));
assert.equal((await maya.query("select id from UserPreference")).data.length, 0, "nobody in the demo has chosen anything");

const spans = { monday: [{ from: "18:00", to: "24:00" }, { from: "00:00", to: "08:00" }, { from: "07:00", to: "08:30" }], friday: [] };
const made = (await maya.create("UserPreference", { quiet_hours: spans, timezone: "Europe/Madrid", fuzzy_dates: false })).data;
assert.equal(made.user_id, await userID(maya, "maya"));
const quiet = { monday: [{ from: "00:00", to: "08:30" }, { from: "18:00", to: "24:00" }] };
const kept = await one(maya, "select quiet_hours, timezone, fuzzy_dates, language, paused_until from UserPreference");
assert.deepEqual([kept.quiet_hours, kept.timezone, kept.fuzzy_dates, kept.language], [quiet, "Europe/Madrid", false, null]);

// A second device chooses too: what it does not say stays.
const second = (await maya.create("UserPreference", { language: "es", paused_until: new Date(Date.now() + 3600e3).toISOString() })).data;
assert.equal(second.id, made.id);
const both = await one(maya, "select quiet_hours, language, paused_until from UserPreference");
assert.deepEqual(both.quiet_hours, quiet);
assert.ok(both.language === "es" && both.paused_until);
await maya.update("UserPreference", [made.id], { paused_until: null, quiet_hours: {} });
assert.deepEqual((await one(maya, "select quiet_hours from UserPreference")).quiet_hours, {}, "never quiet");
assert.equal((await ines.query("select id from UserPreference")).data.length, 0, "a person's own");

for (const [data, code] of [
  [{ quiet_hours: { caturday: [] } }, "invalid_quiet_hours"],
  [{ quiet_hours: { monday: [{ from: "25:00", to: "26:00" }] } }, "invalid_quiet_hours"],
  [{ timezone: "Mars/Olympus" }, "invalid_timezone"],
  [{ player: "/usr/bin/rv" }, "unknown_player"],
]) {
  await assert.rejects(maya.update("UserPreference", [made.id], data), { errorCode: code });
}
await maya.delete("UserPreference", [made.id]);

const set = async (name, value) => (await ines.create("WorkspaceSetting", { name, value })).data;
const ids = [];
for (const [name, value] of [["quiet_hours", quiet], ["digest_interval", "weekly"], ["digest_hour", 9], ["player", "mrv2"], ["allowed_players", ["mrv2", "rv"]], ["retention_days", 90], ["retention_done_days", 14]]) {
  ids.push((await set(name, value)).id);
  assert.deepEqual((await one(maya, `select value from WorkspaceSetting where name is "${name}"`)).value, value);
}
await assert.rejects(set("colour", "green"), { errorCode: "unknown_setting" });
await assert.rejects(set("digest_hour", 30), { errorCode: "out_of_range" });
await assert.rejects(maya.create("WorkspaceSetting", { name: "player", value: "rv" }), /may not create/);
for (const id of ids) await ines.delete("WorkspaceSetting", [id]);
