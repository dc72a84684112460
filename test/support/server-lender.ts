import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OwnServer, startServer } from './server.ts'

/** What a borrower is told first. */
export type Lent = { url: string; api: string } | { error: string }

/**
 * Lends the one server of a run, which takes seconds to start, to one file of tests after the other: what runs there for all firms
 * (schedules, faults of the mail, waiting until nothing is at work) would come between two of them. Who asks has it as long as the
 * connection stays open. The server starts when it is asked for first.
 */
export async function startLender(): Promise<{ url: string; stop(): Promise<void> }> {
  let server: Promise<OwnServer> | undefined
  let given: Promise<unknown> = Promise.resolve()
  const lend = async (): Promise<Lent> => {
    server ??= startServer()
    return server.then(
      ({ url, api }) => ({ url, api }),
      (error) => ({ error: String(error) }),
    )
  }
  const lender = createServer((_, response) => {
    const back = new Promise<void>((resolve) => response.once('close', resolve))
    given = given.then(async () => {
      if (!response.destroyed) response.write(JSON.stringify(await lend()))
      await back
    })
  })
  await new Promise<void>((resolve) => lender.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(lender.address() as AddressInfo).port}`,
    stop: async () => {
      lender.closeAllConnections()
      lender.close()
      await server?.then(({ stop }) => stop()).catch(() => {})
    },
  }
}
