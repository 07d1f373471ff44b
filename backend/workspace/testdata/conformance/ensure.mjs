// ensure: found, made, or changed; never twice.
import assert from "node:assert/strict";
import { one, signIn, taskOf } from "./studio.mjs";

const session = await signIn("ines");
const task = await taskOf(session, "sh0130", "comp");
const name = `ensured-${crypto.randomUUID()}`;

const made = await session.ensure("Asset", { name, context_id: task.id });
const found = await session.ensure("Asset", { name, context_id: task.id });
assert.equal(found.id, made.id);

const named = await session.ensure("User", { username: "oskar", first_name: "Óskar" }, ["username"]);
assert.equal((await one(session, `select first_name from User where id is "${named.id}"`)).first_name, "Óskar");
await session.ensure("User", { username: "oskar", first_name: "Oskar" }, ["username"]);
