// Search by words.
import assert from "node:assert/strict";
import { error } from "@ftrack/api";
import { one, signIn } from "./studio.mjs";

const session = await signIn("maya");
const shots = await session.search({ expression: "select name, parent.name from Shot", entityType: "Shot", terms: ["SH01"] });
assert.equal(shots.action, "search");
assert.deepEqual(shots.data.map((shot) => shot.name).slice(0, 2), ["sh0110", "sh0120"]);
assert.ok(shots.data.every((shot) => shot.name.startsWith("sh01") && shot.parent.name));

const sequence = await one(session, 'select id from Sequence where name is "sq020"');
const type = await one(session, 'select id from ObjectType where name is "Shot"');
const below = await session.search({ expression: "select name from TypedContext limit 2", entityType: "TypedContext", terms: ["sh", "1"], contextId: sequence.id, objectTypeIds: [type.id] });
assert.equal(below.data.length, 2);
assert.equal(below.metadata.next.offset, 2);
assert.ok(below.data.every((row) => row.__entity_type__ === "Shot"));

const people = await session.search({ expression: "select username from User", entityType: "User", terms: ["may"] });
assert.equal(people.data[0].username, "maya");
const nothing = await session.search({ expression: "select name from Task", entityType: "Task", terms: ["no such words"] });
assert.deepEqual(nothing.data, []);
await assert.rejects(session.search({ expression: "select name from Task", entityType: "User", terms: [] }), error.ServerValidationError);
