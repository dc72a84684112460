import { analyticsPartitions } from '../domain/analytics/partitions.ts'
import { financePartitions } from '../domain/finance/partitions.ts'
import { identityPartitions, identityPlaces } from '../domain/identity/partitions.ts'
import { marketingPartitions, marketingPlaces } from '../domain/marketing/partitions.ts'
import { partiesPartitions } from '../domain/parties/partitions.ts'
import { platformPartitions } from '../domain/platform/partitions.ts'
import type { TenantParts } from '../domain/platform/tenant-copy/tenant-parts.ts'
import { salesPartitions } from '../domain/sales/partitions.ts'
import { storePartitions } from '../domain/store/partitions.ts'

/** Everything that a tenant has. A context that keeps something new names its partitions here. */
export const tenantParts: TenantParts = {
  partitions: [
    ...storePartitions,
    ...identityPartitions,
    ...partiesPartitions,
    ...platformPartitions,
    ...salesPartitions,
    ...financePartitions,
    ...marketingPartitions,
    ...analyticsPartitions,
  ],
  places: [identityPlaces, marketingPlaces],
}
