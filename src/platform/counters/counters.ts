/** Counts in a window of time, shared by all who count under the same key. */
type Count = { readonly count: number; readonly resetsInMs: number }

export type Counters = {
  readonly name: string
  /** One more under `key`; the window starts with the first. */
  add(key: string, windowMs: number): Promise<Count>
  close(): Promise<void>
}
