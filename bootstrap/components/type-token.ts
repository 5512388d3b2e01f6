/** Type token of a component of this program; a URN holds it, so that a change needs an alias. */
export const typeToken = (className: string): string => `ecs-on-ec2-bootstrap:index:${className}`;
