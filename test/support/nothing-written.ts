import { expect } from 'vitest'
import { measure } from '../../domain/store/capacity.ts'
import type { Answer } from './api.ts'

/** Commands that read, and the one that counts requests against the rate limit. */
const harmless = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'UpdateItemCommand'])

/** Makes a request and fails when any write of it reached the table. */
export async function withoutWriting(request: () => Promise<Answer>): Promise<Answer> {
  const { result, spent } = await measure(request)
  expect(
    Object.keys(spent.byCommand).filter((command) => !harmless.has(command)),
    JSON.stringify(result.body),
  ).toEqual([])
  return result
}

/** A refused request: the documented problem, nothing written, never our mistake. */
export async function expectRefused(request: () => Promise<Answer>, status: number, code: string, pointer?: string): Promise<void> {
  const answer = await withoutWriting(request)
  expect({ status: answer.status, code: answer.body.code }, JSON.stringify(answer.body)).toEqual({ status, code })
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.body).toMatchObject({
    type: `urn:guanxi:problem:${code}`,
    title: expect.any(String),
    detail: expect.any(String),
    errors: expect.any(Array),
    requestId: answer.headers['x-request-id'],
    retryable: expect.any(Boolean),
  })
  if (pointer !== undefined) expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer)
}
