import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { redrive } from '../../functions/commands/redrive.ts'
import { consumers, queues as workQueues } from '../../functions/manifest.ts'
import { deadLetterQueue, startQueues } from '../../local/aws/queues.ts'
import { some } from '../support/share.ts'

test('a redrive empties the dead letters of each queue that there is, into that queue', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'guanxi-redrive-'))
  const all = some([...consumers, ...workQueues], 6)
  const queues = await startQueues(directory, all, 'files')
  const sqs = new SQSClient({ endpoint: queues.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })

  for (const { name } of all) {
    for (const body of ['first', 'second', 'third']) queues.send(deadLetterQueue(name), body)
    expect(await redrive(sqs, deadLetterQueue(name), name), name).toEqual({ found: 3, moved: 3 })
    expect([queues.deadLetters(name), queues.ready(name)], name).toEqual([[], 3])
  }

  sqs.destroy()
  await queues.stop()
  rmSync(directory, { recursive: true })
})
