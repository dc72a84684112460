import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** SES that takes every mail and counts how often it got each. */
interface CountingSes {
  /** Copies by delivery, in the order in which the first came. */
  copies: Map<string, number>
  calls(): number
  stop(): void
}

const answer =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult></SendRawEmailResponse>'

/** Starts it and points the SES clients of processes begun from now on at it. `took` is told of each mail before its sender is answered. */
export async function startCountingSes(took: (delivery: string, calls: number) => void): Promise<CountingSes> {
  const copies = new Map<string, number>()
  let calls = 0
  const server = createServer((request, response) => {
    let end = ''
    request.on('data', (chunk: Buffer) => {
      end = (end + chunk.toString('latin1')).slice(-1000)
    })
    request.on('end', () => {
      const delivery = /Name=delivery&Tags\.member\.\d+\.Value=([\w-]+)/.exec(end)![1]!
      copies.set(delivery, (copies.get(delivery) ?? 0) + 1)
      calls += 1
      took(delivery, calls)
      response.writeHead(200, { 'content-type': 'text/xml' }).end(answer)
    })
  })
  server.keepAliveTimeout = 600_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  Object.assign(process.env, { AWS_ENDPOINT_URL_SES: `http://127.0.0.1:${port}`, MAIL_SENDER: 'news@bench.example' })
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { copies, calls: () => calls, stop }
}
