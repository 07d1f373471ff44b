// Time: one running timer a person, and what was logged.
import assert from "node:assert/strict";
import { one, signIn, taskOf, userID } from "./studio.mjs";

const session = await signIn("kenji");
const me = await userID(session, "kenji");
const task = await taskOf(session, "sh0110", "comp");

const timer = (await session.create("Timer", { user_id: me, context_id: task.id, comment: "roto" })).data;
assert.ok((await one(session, `select start from Timer where id is "${timer.id}"`)).start.isValid(), "a timer starts now");
await assert.rejects(session.create("Timer", { user_id: me, context_id: task.id }), /running already/);
await session.delete("Timer", [timer.id]);

const start = "2026-11-20T09:00:00";
const log = (await session.create("Timelog", { user_id: me, context_id: task.id, start, duration: 5400, comment: "roto" })).data;
const logged = await one(session, `select duration, start, user.username, context.link from Timelog where id is "${log.id}"`);
assert.equal(logged.duration, 5400);
assert.equal(logged.start.toISOString(), "2026-11-20T09:00:00.000Z");
assert.equal(logged.context.link.at(-1).id, task.id);
assert.equal((await one(session, `select time_logged from Task where id is "${task.id}"`)).time_logged, 5400);
const busy = await session.query('select name from Task where timelogs.start >= "2026-11-20T00:00:00+02:00" and timelogs.start < "2026-11-21"');
assert.ok(busy.data.some((row) => row.id === task.id));
assert.ok((await session.query("select id from User where not timelogs any ()")).data.length > 0);
await session.update("Timelog", [log.id], { duration: 60 });
await session.delete("Timelog", [log.id]);
assert.equal((await one(session, `select time_logged from Task where id is "${task.id}"`)).time_logged, 0);
