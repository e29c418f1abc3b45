/** The vendor's seven sentences for a failed or stopped migration (Ocean AKS, Troubleshoot workload migration). */
export const failureSentences = {
  connectivity:
    'The migration has failed due to connectivity issues. Make sure the Spotinst controller is installed and working properly.',
  noCapacity:
    'The migration has failed due to the inability to spin up enough new nodes. Make sure all required Virtual Node Groups are configured.',
  timeout: 'The migration has failed due to technical timeout.',
  podsUnscheduled: 'The migration has failed due to the failure to schedule pods for new nodes.',
  terminate: 'The migration has failed due to failure to terminate old nodes.',
  terminateOnStop: 'The migration has failed due to the failure to terminate old nodes during the migration Stop process.',
  uncordonOnStop: 'The migration has stopped due to failure to reschedule old nodes during the migration stop process.',
} as const
