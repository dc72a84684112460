import { dueKey } from '../store/entity-definition.ts'
import { listedPartitions, namedPartitions, type PartitionSource, scatteredFamilies } from '../store/partitions.ts'
import { contractEnds, deliveriesOf, deliveryShards } from './order/order.table.ts'
import { allProducts } from './product/product.table.ts'
import { productCards } from './product/product-card.ts'
import { sentQuotes } from './quote/quote.table.ts'

const deliveries = Array.from({ length: deliveryShards }, (_, shard) => dueKey({ owner: deliveriesOf(shard), on: '', kind: '', id: '' }).pk)

export const salesPartitions: PartitionSource[] = [
  namedPartitions(sentQuotes, contractEnds, ...productCards, ...deliveries),
  scatteredFamilies('ORD-PO'),
  listedPartitions(allProducts),
]
