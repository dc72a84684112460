import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { afterAll, beforeAll } from 'vitest'
import { serverAt, type TestServer } from './server.ts'
import type { Lent } from './server-lender.ts'

/** Others may have it for as long as their tests take. */
const longestWaitMs = 600_000

/**
 * The server of the run, for the tests of the file or suite in which this is called while they are collected: from before its first
 * test until after its last one nobody else has it. Each test has a firm of its own there.
 */
export function sharedServer(): TestServer {
  const server = {} as TestServer
  let asked: ReturnType<typeof get> | undefined
  beforeAll(async () => {
    asked = get(process.env.SERVER_LENDER!)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    // It is given back before everything has come.
    response.on('error', () => {})
    const [text] = (await once(response, 'data')) as [Buffer]
    const lent = JSON.parse(text.toString()) as Lent
    if ('error' in lent) throw new Error(lent.error)
    Object.assign(server, serverAt(lent.url, lent.api))
  }, longestWaitMs)
  afterAll(() => {
    asked?.destroy()
  })
  return server
}
