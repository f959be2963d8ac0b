using Outfitter.Entities;

namespace Outfitter.Infrastructure;

public interface IEmailSender
{
    /// <summary>The mail goes out when the unit of work is saved, and never when it is not.</summary>
    void Send(string recipient, string subject, string body);
}

/// <summary>Puts mails into the database, from where a job takes them.</summary>
public sealed class QueuedEmailSender(ShopDbContext db) : IEmailSender
{
    public void Send(string recipient, string subject, string body) =>
        db.QueuedEmails.Add(new QueuedEmail { Recipient = recipient, Subject = subject, Body = body });
}

/// <summary>Says which mails are sent, without saying to whom.</summary>
public sealed partial class LoggingEmailSender(IEmailSender inner, ILogger<LoggingEmailSender> logger) : IEmailSender
{
    public void Send(string recipient, string subject, string body)
    {
        inner.Send(recipient, subject, body);
        Log.Queued(logger, subject, body.Length);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Mail '{Subject}' of {Length} characters is queued")]
        public static partial void Queued(ILogger logger, string subject, int length);
    }
}
