/** Something that is made when it is first wanted: `make` is called once, or never. */
export class OnDemand<T extends object> {
  #made: T | (() => T);

  constructor(make: () => T) {
    this.#made = make;
  }

  get made(): T {
    return typeof this.#made === "function" ? (this.#made = this.#made()) : this.#made;
  }
}
