namespace Conway.Decomposition.Naming;

/// <summary>Words of names that speak of how programs are built, not of what they are for.</summary>
public static class TechnicalWords
{
    private static readonly HashSet<string> All =
    [
        .. """
            abstract access accessor action adapter api app application argument array assembly async attribute audit auditing authorization base batch
            bearer behavior behaviour binder binding block bootstrap bootstrapper broker builder building bus cache cached caching callback certificate
            clock code collection column command common comparer component composition config configuration configure connection console constant
            consumer container context contract controller convention converter cookie core correlation create creator cron crud culture cursor custom
            dapper data database date db ddd debug decorator default definition delegate delete dependency descriptor deserializer di dictionary
            dispatch dispatcher domain dto dynamic ef element empty endpoint engine entity entry enum enumerable enumeration environment error event
            exception executing execution executor expression extension extensions factory failed failure feature field file filter finder for format
            formatter from function generator generic get global grpc guard guid handle handler hash header health helper host hosted hosting http hub
            id idempotency idempotent impl implementation in inbox index info infrastructure init initializer injection input installer instance int
            integration interceptor interface internal invalid ioc item iterator job json jwt kafka key layer lazy level lifecycle lifetime link list
            listener load loader local localization localizer lock log logger logging lookup manager map mapper mapping marker member memory message
            messaging metadata metric middleware migration mock mode model modification modular module mongo monitor multi name navigation new
            nhibernate no not null number object observer of on open operation option options or outbox output page paged pagination paging param
            parameter parser path pattern permission persistence persistent pipeline platform plugin policy pool port postgres predicate principal
            problem process processing processor producer profile program projection property protocol provider proxy public publish publisher quartz
            query queryable queue rabbit random range read reader record redis reference reflection registration registry remote remove repository
            request require requirement resolver resource response rest result retry root route router rpc rule runner runtime saga scan scheduler
            schema scope scoped search section security seed seeder selector send sender sequence serialization serializer server service session set
            setting settings setup shared shell signal simple singleton snapshot sort source specification sql stamp startup state static status step
            storage store stored strategy stream string strongly struct subscriber support swagger switch sync system table tag task telemetry template
            test text time timer timestamp to token tool trace tracing tracker transaction transactional transport type typed types ui uint unit
            unprocessed update updated uri url util utilities utility utils validate validation validator value variable version versioning view visitor
            web work worker wrapper write writer xml zone
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <summary>Whether a word of <see cref="NameWords"/> is one of them.</summary>
    public static bool Contains(string word) => All.Contains(word);
}
