using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Options;

namespace Outfitter.Jobs;

/// <summary>Hands queued mails over to the mail server's pickup folder. Does nothing when none is set.</summary>
public sealed partial class EmailDeliveryJob(IServiceScopeFactory scopes, IOptions<EmailOptions> options, TimeProvider time, ILogger<EmailDeliveryJob> logger) : BackgroundService
{
    private const int AtOnce = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.PickupDirectory is not { Length: > 0 } folder)
            return;
        Directory.CreateDirectory(folder);
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                await DeliverAsync(folder, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeliverAsync(string folder, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var clock = scope.ServiceProvider.GetRequiredService<Clock>();
        foreach (var mail in await db.QueuedEmails.Where(m => m.SentAt == null).OrderBy(m => m.Id).Take(AtOnce).ToListAsync(ct))
        {
            // Written aside and renamed, so that the server never takes half a mail.
            var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{mail.Id:00000000}.eml"));
            await File.WriteAllTextAsync(file + ".part", Format(mail, clock.Now), ct);
            File.Move(file + ".part", file, overwrite: true);
            mail.SentAt = clock.Now;
            await db.SaveChangesAsync(ct);
        }
    }

    private string Format(QueuedEmail mail, DateTime now) =>
        $"""
        From: {options.Value.From}
        To: {mail.Recipient}
        Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(mail.Subject))}?=
        Date: {now.ToString("r", CultureInfo.InvariantCulture)}
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        {mail.Body}
        """.ReplaceLineEndings("\r\n");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Mails could not be handed over")]
        public static partial void Failed(ILogger logger, Exception e);
    }
}
