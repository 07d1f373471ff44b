// With the official client: "key.mjs WHO" opens a session with their API key, and tells who they are as the
// server has it, or the code it was refused with.
import { one, signIn } from "../../backend/workspace/testdata/conformance/studio.mjs";

const [who] = process.argv.slice(2);
try {
  const session = await signIn(who);
  const user = await one(session, `select username from User where username is "${who}"`);
  console.log(JSON.stringify({ username: user.username }));
} catch (reason) {
  console.log(JSON.stringify({ refused: reason.errorCode ?? String(reason) }));
}
