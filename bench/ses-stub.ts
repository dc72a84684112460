import { createServer } from 'node:http'

/** A process of its own that takes every mail: what SES does is no work of ours, and what it costs is not measured. */
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const body =
      '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId></SendRawEmailResult></SendRawEmailResponse>'
    response.writeHead(200, { 'content-type': 'text/xml' }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as { port: number }).port))
