import { createServer } from 'node:http'

/** A process of its own that takes every mail: what SES does is no work of ours, and what it costs is not measured. */
const cameAt: number[] = []
const server = createServer((request, response) => {
  cameAt.push(performance.now())
  request.resume().on('end', () => {
    const body =
      '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult></SendRawEmailResponse>'
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body)
  })
})
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

process.on('message', () => process.send?.({ calls: cameAt.length, busiestSecond: busiestSecond() }))
