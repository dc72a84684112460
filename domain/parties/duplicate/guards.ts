/** Names of the guards of a customer: values that only one may have. */
export const nameGuard = 'customer-name'
export const taxGuard = 'customer-tax-number'
