import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/platform/config/config.ts'
import { envExample } from '../../src/platform/config/print.ts'

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(env)
    return ''
  } catch (error) {
    return String((error as Error).message)
  }
}

describe('configuration', () => {
  test('an empty environment is a whole development configuration', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8080, isProduction: false, secretKey: undefined })
    expect(config.limits.globalRate).toEqual({ max: 120, windowMs: 60_000 })
    expect(config.limits.uploadBytes).toBe(100 * 2 ** 20)
  })

  test('is frozen to the bottom', () => {
    const config = readConfig({})
    expect(() => Object.assign(config.limits.globalRate, { max: 1 })).toThrow(TypeError)
  })

  test('an empty value counts as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(8080)
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['GLOBAL_RATE_LIMIT', 'often'],
    ['GLOBAL_RATE_LIMIT', '0 per minute'],
    ['SECRET_KEY', 'changeme'],
    ['PUBLIC_URL', 'mdraft.example.com'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(refusal({ [name]: value })).toContain(`${name}: `)
  })

  test('every bad value is listed at once, and no value is repeated', () => {
    const message = refusal({ PORT: 'x', SECRET_KEY: 'hunter2-hunter2', LOG_LEVEL: 'loud' })
    expect(message).toMatch(/PORT.*SECRET_KEY.*LOG_LEVEL/s)
    expect(message).not.toContain('hunter2')
  })

  test('production needs its own secret', () => {
    expect(refusal({ NODE_ENV: 'production' })).toContain('SECRET_KEY is not set')
    expect(refusal({ NODE_ENV: 'production', SECRET_KEY: 'k'.repeat(32) })).toBe('')
  })

  test('rates in the notations of the field', () => {
    expect(readConfig({ GLOBAL_RATE_LIMIT: '5 per 15 minutes' }).limits.globalRate).toEqual({
      max: 5,
      windowMs: 900_000,
    })
    expect(readConfig({ GLOBAL_RATE_LIMIT: '60/hour' }).limits.globalRate.windowMs).toBe(3_600_000)
  })

  test('.env.example is written from the rows', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample())
  })
})
