/** Told is a value that changes as stores do when Go tells of something. */
export class Told<Value> {
  value: Value = $state.raw() as Value

  constructor(value: Value) {
    this.value = value
  }
}
