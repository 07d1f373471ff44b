import { expect, test } from 'vitest'

import { digits, isBackupCode } from './digits'

test('a code is its digits, however it was typed or pasted', () => {
  expect(['419302', '419 302', ' 419-302\n', '４１９３０２', '４１９　３０２'].map(digits)).toEqual(Array(5).fill('419302'))
})

test('a backup code is told by its length, not taken for a code of the app', () => {
  expect(['7K3M-9QXZ-4TRB', '7k3m9qxz4trb', '1234 5678 9012'].map(isBackupCode)).toEqual([true, true, true])
  expect(['419 302', '４１９３０２', 'code: 419302', ''].map(isBackupCode)).toEqual([false, false, false, false])
})
