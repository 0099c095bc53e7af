/** What a function's role must be allowed to do to work in a VPC. EC2 describes networks as a whole, and names an interface only once it is there. */
export const joiningNetwork = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

export const joiningReason =
  'EC2 describes networks as a whole, and Lambda makes and removes interfaces in the subnets of the function.';
