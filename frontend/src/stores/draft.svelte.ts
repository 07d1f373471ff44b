// What a person changed on a page of settings and did not save yet. A draft is kept apart from its page,
// so that nothing typed is lost when the page is taken down: a session that ended, a server that is away.
import { SvelteMap } from 'svelte/reactivity'

import { toAppError, type AppError } from '../backend/errors'
import { same } from './same'

/** Where the fields of a draft come from and go to. A field that is missing is undefined. */
export interface Source<Fields> {
  saved: () => Fields
  /** Keeps what changed, whole, or throws why not. */
  save: (changes: Partial<Fields>) => Promise<void>
  /** The field an error speaks of, where it speaks of one. */
  fieldOf?: (error: AppError) => keyof Fields | undefined
}

interface Edit {
  value: unknown
  /** What was saved when the edit began: where something else is saved now, it came from elsewhere. */
  base: unknown
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any page's fields
const all: Draft<any>[] = []

/** forgetDrafts drops what nobody is left to save. */
export function forgetDrafts(): void {
  all.forEach((draft) => draft.forget())
}

/** refused gives a draft back what Go kept here and the server then refused. It says whether one took it. */
export function refused(error: AppError): boolean {
  return all.filter((draft) => draft.takeBack(error)).length > 0
}

export class Draft<Fields extends object> {
  saving = $state(false)
  /** What failed that no field is to blame for. */
  failure = $state.raw<AppError>()
  #edits = new SvelteMap<keyof Fields, Edit>()
  #errors = new SvelteMap<keyof Fields, AppError>()
  #source: Source<Fields>
  #saved: Fields
  /** What was sent last, in force until Go tells of a newer state. */
  #ahead = $state.raw<{ changes: Partial<Fields>; of?: Fields }>({ changes: {} })
  /** All that was sent: given back where the server refuses it after all. */
  #sent: Partial<Fields> = {}

  /** The fields that differ from what is saved. */
  changed: (keyof Fields)[] = $derived.by(() => [...this.#edits].filter(([key, edit]) => !same(edit.value, this.saved(key))).map(([key]) => key))

  constructor(source: Source<Fields>) {
    this.#source = source
    this.#saved = $derived(source.saved())
    all.push(this)
  }

  saved<Key extends keyof Fields>(key: Key): Fields[Key] {
    const { changes, of } = this.#ahead
    return of === this.#saved && key in changes ? (changes[key] as Fields[Key]) : this.#saved[key]
  }

  /** get is a field as it is shown: edited, or else saved. */
  get<Key extends keyof Fields>(key: Key): Fields[Key] {
    const edit = this.#edits.get(key)
    return edit ? (edit.value as Fields[Key]) : this.saved(key)
  }

  /** set edits a field. Back at what is saved, it is no edit any more. */
  set<Key extends keyof Fields>(key: Key, value: Fields[Key]): void {
    this.#errors.delete(key)
    this.failure = undefined
    const saved = this.saved(key)
    const base = this.#edits.has(key) ? this.#edits.get(key)?.base : saved
    if (same(value, saved)) this.#edits.delete(key)
    else this.#edits.set(key, { value, base })
  }

  error(key: keyof Fields): AppError | undefined {
    return this.#errors.get(key)
  }

  /** conflict says whether a field that is edited here was changed elsewhere meanwhile, to something else. */
  conflict(key: keyof Fields): boolean {
    const edit = this.#edits.get(key)
    return edit !== undefined && !same(edit.base, this.saved(key)) && !same(edit.value, this.saved(key))
  }

  keepMine(key: keyof Fields): void {
    const edit = this.#edits.get(key)
    if (edit) this.#edits.set(key, { value: edit.value, base: this.saved(key) })
  }

  takeTheirs(key: keyof Fields): void {
    this.#edits.delete(key)
    this.#errors.delete(key)
  }

  /** trouble is the first field that cannot be saved as it is. */
  trouble(): keyof Fields | undefined {
    return this.changed.find((key) => this.#errors.has(key) || this.conflict(key))
  }

  /** discard drops every edit, and gives what brings them back. */
  discard(): () => void {
    const edits = [...this.#edits]
    this.#edits.clear()
    this.#errors.clear()
    this.failure = undefined
    return () => edits.forEach(([key, edit]) => this.#edits.has(key) || this.#edits.set(key, edit))
  }

  /**
   * save keeps what changed, but for fields somebody has to decide about first. Where one field is
   * refused, it keeps its error and the rest is saved. It says whether nothing is left.
   */
  async save(): Promise<boolean> {
    if (this.saving) return false
    this.saving = true
    this.failure = undefined
    let keys = this.changed.filter((key) => !this.conflict(key))
    while (keys.length) keys = await this.#send(keys)
    this.saving = false
    return !this.changed.length
  }

  /** #send saves these fields and gives those that are worth another try. */
  async #send(keys: (keyof Fields)[]): Promise<(keyof Fields)[]> {
    const changes = Object.fromEntries(keys.map((key) => [key, this.get(key)])) as Partial<Fields>
    try {
      await this.#source.save(changes)
      this.#keep(changes)
      return []
    } catch (thrown) {
      const error = toAppError(thrown)
      const field = this.#source.fieldOf?.(error)
      if (field === undefined || !keys.includes(field)) {
        this.failure = error
        return []
      }
      this.#errors.set(field, error)
      return keys.filter((key) => key !== field)
    }
  }

  #keep(changes: Partial<Fields>): void {
    this.#ahead = { changes, of: this.#saved }
    this.#sent = { ...this.#sent, ...changes }
    for (const key of Object.keys(changes) as (keyof Fields)[]) {
      this.#errors.delete(key)
      const edit = this.#edits.get(key)
      // What was typed while it was being saved is an edit of what is saved now.
      if (edit && !same(edit.value, changes[key])) this.#edits.set(key, { value: edit.value, base: changes[key] })
      else this.#edits.delete(key)
    }
  }

  forget(): void {
    this.discard()
    this.#ahead = { changes: {} }
    this.#sent = {}
  }

  takeBack(error: AppError): boolean {
    const field = this.#source.fieldOf?.(error)
    if (field === undefined || !(field in this.#sent)) return false
    const value = this.#sent[field] as Fields[keyof Fields]
    Reflect.deleteProperty(this.#sent, field)
    this.#ahead = { changes: {} }
    if (!this.#edits.has(field)) this.set(field, value)
    this.#errors.set(field, error)
    return true
  }
}
