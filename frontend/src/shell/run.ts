import { toAppError } from '../backend/errors'
import { notice } from '../stores/notice.svelte'
import { errorText } from '../text/errors'

/** run does what a button asks Go for, and says so where it fails. */
export async function run(door: () => Promise<void>): Promise<void> {
  try {
    await door()
  } catch (thrown) {
    notice.show({ text: errorText(toAppError(thrown)), failed: true })
  }
}
