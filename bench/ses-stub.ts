import { createServer } from 'node:http'

/** A process of its own that takes every mail: what SES does is no work of ours, and what it costs is not measured. */
const cameAt: number[] = []
const deliveries = new Set<string>()

const body =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult></SendRawEmailResponse>'
const server = createServer((request, response) => {
  cameAt.push(performance.now())
  let tags = ''
  request.on('data', (chunk: Buffer) => {
    tags = (tags + chunk.toString('latin1')).slice(-1000)
  })
  request.on('end', () => {
    deliveries.add(/Name=delivery&Tags\.member\.\d+\.Value=([\d-]+)/.exec(tags)![1]!)
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body)
  })
})
// A worker that was held up for a while goes on by the connection it has.
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))

/** The most mails in a second, wherever it begins. */
function busiestSecond(): number {
  let [first, most] = [0, 0]
  for (const [last, at] of cameAt.entries()) {
    while (cameAt[first]! <= at - 1000) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** What came so far; with deliveries which of them came. */
process.on('message', (asked: string[]) =>
  process.send?.({ calls: cameAt.length, busiestSecond: busiestSecond(), taken: asked.filter((delivery) => deliveries.has(delivery)) }),
)
// Whoever measures may be stopped at any time.
process.on('disconnect', () => process.exit())
