import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams'
import { isOutboxInsert } from '../../local/aws/stream-batches.ts'

/** How many events the stream of a table would have published. */
export async function toldEvents(table: string): Promise<number> {
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName: table }))
  const streams = new DynamoDBStreamsClient({ endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB! })
  const StreamArn = Table!.LatestStreamArn!
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }))
  let told = 0
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const start = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })
    let { ShardIterator } = await streams.send(start)
    while (ShardIterator) {
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }))
      if (Records.length === 0) break
      told += Records.filter(isOutboxInsert).length
      ShardIterator = NextShardIterator
    }
  }
  return told
}
