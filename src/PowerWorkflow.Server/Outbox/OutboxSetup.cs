namespace PowerWorkflow.Server.Outbox;

/// <summary>Messages to the outside, to people and between cases.</summary>
public static class OutboxSetup
{
    /// <summary>Needs the storage and the scheduling to be added before.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxClaims>();
        services.AddSingleton<Connections>();
        services.AddSingleton<Addressees>();
        services.AddSingleton<Channel, HttpChannel>();
        services.AddSingleton<Channel, MailChannel>();
        services.AddSingleton<Channel, InAppChannel>();
        services.AddSingleton<Channel, CaseChannel>();
        services.AddKeyedSingleton(SenderOf.Inside, (provider, _) => ActivatorUtilities.CreateInstance<OutboxSender>(provider, true));
        services.AddKeyedSingleton(SenderOf.Outside, (provider, _) => ActivatorUtilities.CreateInstance<OutboxSender>(provider, false));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<OutboxSender>(SenderOf.Inside));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<OutboxSender>(SenderOf.Outside));
        return services;
    }
}

/// <summary>The two senders of a node.</summary>
public enum SenderOf
{
    /// <summary>Messages to people and cases of this system.</summary>
    Inside,
    /// <summary>Messages that leave it.</summary>
    Outside,
}
