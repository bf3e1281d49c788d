/** How Google's APIs say that something failed (google.rpc.Status as JSON). */
const names: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
}

export const googleWords = (code: number) => ({
  error: { code, message: `the vendor says ${code}`, status: names[code] ?? 'INTERNAL', details: [] },
})
