/** digits are those of a text, however it is written: with spaces, or in full width. */
export function digits(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '')
}

/** isBackupCode says whether a text looks like a backup code rather than a code of the app. */
export function isBackupCode(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^[\da-z]{7,}$/i.test(plain)
}
