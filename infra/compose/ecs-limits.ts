/** Bounds of RegisterTaskDefinition for a task on EC2; both ends are allowed. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export const HEALTH_CHECK_INTERVAL_SECONDS: Bounds = { minimum: 5, maximum: 300 };
export const HEALTH_CHECK_TIMEOUT_SECONDS: Bounds = { minimum: 2, maximum: 60 };
export const HEALTH_CHECK_RETRIES: Bounds = { minimum: 1, maximum: 10 };
export const HEALTH_CHECK_START_PERIOD_SECONDS: Bounds = { minimum: 0, maximum: 300 };

/**
 * ECS documents the range for Fargate; on EC2 the time between the notice of a Spot interruption and the end of the
 * instance is 120 s as well, so a longer stop would be cut off.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const STOP_TIMEOUT_SECONDS: Bounds = { minimum: 2, maximum: 120 };

/** Of a task; https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const CPU_UNITS: Bounds = { minimum: 128, maximum: 196608 };
export const CPU_UNITS_PER_CPU = 1024;

/** The same range that the stack's `taskMemoryMiB` has: the limit is the task's memory unless the stack sets one. */
export const MEMORY_MIB: Bounds = { minimum: 32, maximum: 1048576 };

/** Docker 20.10 and later keep no less for a container. */
export const MEMORY_RESERVATION_MINIMUM_MIB = 6;

export const TMPFS_MINIMUM_MIB = 1;

export const PORT: Bounds = { minimum: 1, maximum: 65535 };

/** ECS's integers are 32 bits wide; -1 is Docker's "unlimited". */
export const ULIMIT: Bounds = { minimum: -1, maximum: 2147483647 };

/** Of an Application Load Balancer's health check. */
export const HEALTH_CHECK_PATH_MAXIMUM_LENGTH = 1024;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html */
export const CAPABILITIES: readonly string[] = (
  "ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER " +
  "KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP " +
  "SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO " +
  "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM"
).split(" ");

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
export const ULIMIT_NAMES: readonly string[] =
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(
    " ",
  );

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html */
export const MOUNT_FLAGS: readonly string[] = (
  "defaults ro rw suid nosuid dev nodev exec noexec sync async dirsync remount mand nomand atime noatime diratime " +
  "nodiratime bind rbind unbindable runbindable private rprivate shared rshared slave rslave relatime norelatime " +
  "strictatime nostrictatime"
).split(" ");

/** Mount options of the same list that take a value, as in `mode=1777`. */
export const MOUNT_VALUES: readonly string[] = "mode uid gid nr_inodes nr_blocks mpol".split(" ");
