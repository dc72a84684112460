import { listedPartitions, namedPartitions, type PartitionSource } from '../store/partitions.ts'
import { allSums } from './ageing/open-sums.ts'
import { allOpen } from './ledger/open-item.ts'
import { monthEndPartition, monthEndsKey } from './month-end/month-end.table.ts'
import { allReceipts } from './receipt/receipt.table.ts'

/** Money of an unknown payer stands in a partition that no customer has. */
export const financePartitions: PartitionSource[] = [
  namedPartitions(...[...allOpen, allSums].map(({ partition }) => partition), monthEndsKey.pk, monthEndPartition),
  listedPartitions(allReceipts),
]
