import { namedPartitions, type PartitionSource } from '../store/partitions.ts'
import { factPartitions } from './sales-report/sales-fact.table.ts'

export const analyticsPartitions: PartitionSource[] = [namedPartitions(...factPartitions)]
