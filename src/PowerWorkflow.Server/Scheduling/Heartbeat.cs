using Quartz;

namespace PowerWorkflow.Server.Scheduling;

/// <summary>Wakes pump and sender of every node from time to time, in case a signal was lost.</summary>
public sealed class Heartbeat(WakeUp wake, NodeCalls calls) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        wake.Everybody();
        await calls.CallAsync(NodeCall.Wake, cancellationToken);
    }
}
