/** What other contexts may use of parties. */

export { rowsInSight, visibleCustomer, visibleOfCustomer, writableOfCustomer } from './customer/access.ts'
export { customerPartition } from './customer/customer.table.ts'
export { writableRecord } from './record.ts'
