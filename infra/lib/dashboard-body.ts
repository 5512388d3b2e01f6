/** What the dashboard shows, by the names that CloudWatch knows it by. */
export interface DashboardSubjects {
  readonly region: string;
  readonly loadBalancerArnSuffix: string;
  readonly targetGroupArnSuffix: string;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly capacityProviderName: string;
  readonly autoScalingGroupName: string;
  readonly alarmArns: readonly string[];
}

/** A line of a graph: metric, its dimensions in the order of CloudWatch, and how it is drawn. */
interface Line {
  readonly metric: string;
  readonly stat: string;
  readonly label: string;
}

interface Graph {
  readonly title: string;
  readonly namespace: string;
  readonly dimensions: readonly string[];
  readonly lines: readonly Line[];
}

/** The grid of a dashboard is 24 columns wide. */
const GRID_COLUMNS = 24;
const GRAPH_COLUMNS = 8;
const GRAPH_ROWS = 6;
const ALARM_ROWS = 3;
const PERIOD_SECONDS = 60;

/**
 * Body of the service's dashboard: the alarms, then what users see, what the tasks do and what the
 * instances do, three graphs a row; all of it from metrics that cost nothing extra.
 * Source: "Dashboard body structure and syntax" in the CloudWatch API Reference.
 */
export function buildDashboardBody(subjects: DashboardSubjects): object {
  return {
    widgets: [
      {
        type: "alarm",
        x: 0,
        y: 0,
        width: GRID_COLUMNS,
        height: ALARM_ROWS,
        properties: { title: "Alarms", alarms: subjects.alarmArns },
      },
      ...graphsOf(subjects).map((graph, index) => ({
        type: "metric",
        x: (index * GRAPH_COLUMNS) % GRID_COLUMNS,
        y: ALARM_ROWS + Math.floor((index * GRAPH_COLUMNS) / GRID_COLUMNS) * GRAPH_ROWS,
        width: GRAPH_COLUMNS,
        height: GRAPH_ROWS,
        properties: {
          title: graph.title,
          region: subjects.region,
          view: "timeSeries",
          period: PERIOD_SECONDS,
          yAxis: { left: { min: 0 } },
          metrics: graph.lines.map(({ metric, stat, label }) => [
            graph.namespace,
            metric,
            ...graph.dimensions,
            { stat, label },
          ]),
        },
      })),
    ],
  };
}

function graphsOf(subjects: DashboardSubjects): readonly Graph[] {
  return [...requestGraphs(subjects), ...taskGraphs(subjects), ...instanceGraphs(subjects)];
}

/** What users see. */
function requestGraphs(subjects: DashboardSubjects): readonly Graph[] {
  const target = { namespace: "AWS/ApplicationELB", dimensions: targetDimensions(subjects) };
  return [
    {
      title: "Requests a minute",
      ...target,
      lines: [
        { metric: "RequestCount", stat: "Sum", label: "all" },
        { metric: "RequestCountPerTarget", stat: "Sum", label: "a task" },
      ],
    },
    {
      title: "Errors a minute",
      namespace: "AWS/ApplicationELB",
      dimensions: ["LoadBalancer", subjects.loadBalancerArnSuffix],
      lines: [
        { metric: "HTTPCode_Target_5XX_Count", stat: "Sum", label: "5xx of the tasks" },
        { metric: "HTTPCode_ELB_5XX_Count", stat: "Sum", label: "5xx of the load balancer" },
        { metric: "HTTPCode_Target_4XX_Count", stat: "Sum", label: "4xx of the tasks" },
        { metric: "RejectedConnectionCount", stat: "Sum", label: "rejected connections" },
      ],
    },
    {
      title: "Response time in seconds",
      ...target,
      lines: ["p50", "p90", "p99"].map((stat) => ({
        metric: "TargetResponseTime",
        stat,
        label: stat,
      })),
    },
  ];
}

function taskGraphs(subjects: DashboardSubjects): readonly Graph[] {
  const service = {
    namespace: "AWS/ECS",
    dimensions: ["ClusterName", subjects.clusterName, "ServiceName", subjects.serviceName],
  };
  return [
    {
      // ECS sends one sample of the metric a minute and running task.
      title: "Running tasks",
      ...service,
      lines: [{ metric: "CPUUtilization", stat: "SampleCount", label: "running" }],
    },
    {
      title: "Targets of the load balancer",
      namespace: "AWS/ApplicationELB",
      dimensions: targetDimensions(subjects),
      lines: [
        { metric: "HealthyHostCount", stat: "Minimum", label: "healthy" },
        { metric: "UnHealthyHostCount", stat: "Maximum", label: "unhealthy" },
      ],
    },
    {
      title: "Use of the tasks' CPU and memory in percent",
      ...service,
      lines: [
        { metric: "CPUUtilization", stat: "Average", label: "CPU" },
        { metric: "MemoryUtilization", stat: "Average", label: "memory" },
      ],
    },
  ];
}

function instanceGraphs(subjects: DashboardSubjects): readonly Graph[] {
  const { clusterName, capacityProviderName } = subjects;
  return [
    {
      title: "Capacity provider reservation in percent",
      namespace: "AWS/ECS/ManagedScaling",
      dimensions: ["CapacityProviderName", capacityProviderName, "ClusterName", clusterName],
      lines: [{ metric: "CapacityProviderReservation", stat: "Average", label: "reservation" }],
    },
    {
      title: "Instances",
      namespace: "AWS/AutoScaling",
      dimensions: ["AutoScalingGroupName", subjects.autoScalingGroupName],
      lines: [
        { metric: "GroupInServiceInstances", stat: "Average", label: "in service" },
        { metric: "GroupDesiredCapacity", stat: "Average", label: "desired" },
        { metric: "GroupMaxSize", stat: "Average", label: "maximum" },
      ],
    },
    {
      title: "Reserved on the instances in percent",
      namespace: "AWS/ECS",
      dimensions: ["ClusterName", clusterName],
      lines: [
        { metric: "CPUReservation", stat: "Average", label: "CPU" },
        { metric: "MemoryReservation", stat: "Average", label: "memory" },
      ],
    },
  ];
}

function targetDimensions(subjects: DashboardSubjects): readonly string[] {
  const { targetGroupArnSuffix, loadBalancerArnSuffix } = subjects;
  return ["TargetGroup", targetGroupArnSuffix, "LoadBalancer", loadBalancerArnSuffix];
}
