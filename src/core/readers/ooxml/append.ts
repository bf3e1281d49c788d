/** `push(...values)` passes each value as an argument and overflows the stack from some 100,000 on. */
export function append<T>(into: T[], values: Iterable<T>): void {
  for (const value of values) into.push(value)
}
