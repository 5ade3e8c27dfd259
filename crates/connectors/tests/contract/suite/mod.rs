//! The tests every connector passes. A fixture gets all of them with `contract!(Fixture)`; one whose service
//! does not do all that others do, those it can pass by `contract!(Fixture, and …)` where it writes, by
//! `contract!(Fixture, only reading, and …)` where it does not, or by naming each.

pub(crate) mod describes;
pub(crate) mod faults;
pub(crate) mod honest;
pub(crate) mod limits;
pub(crate) mod reads;
pub(crate) mod secrets;
pub(crate) mod writes;

/// Functions of the suite that a fixture passes: the module and the name of each, in parts.
pub(crate) type Checks = &'static [&'static [(&'static str, &'static str)]];

/// Makes a test of every function of the suite for one fixture, and `CHECKS`, which tells them.
macro_rules! contract {
    // These functions, without telling.
    (@in $part:ident, $fixture:ty: $($module:ident { $($name:ident),* $(,)? })*) => {
        mod $part {
            $(mod $module {
                $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    crate::suite::$module::$name::<$fixture>().await;
                })*
            })*
            pub(super) const CHECKS: &[(&str, &str)] =
                &[$($((stringify!($module), stringify!($name)),)*)*];
        }
    };
    // What nothing exempts from.
    (@always $fixture:ty) => {
        $crate::suite::contract!(@in always, $fixture:
            describes {
                the_spec_is_complete,
                missing_settings_are_named,
                the_guide_speaks_both_languages,
            }
            honest {
                a_deletion_is_seen_where_it_says_so,
                moments_are_as_fine_as_it_says,
                texts_are_as_long_as_it_says,
                links_are_written_where_it_says_so,
                a_creation_by_key_sent_twice_makes_one_record_where_it_says_so,
            }
            secrets {
                debug_and_errors_hold_no_secret,
                a_redirect_is_not_followed,
            }
            reads {
                every_page_and_no_record_twice,
                an_empty_stream_is_one_empty_page,
                a_reading_resumes_where_it_stood,
                values_have_the_kinds_that_were_discovered,
                counting_stops_at_the_limit,
                a_large_stream_is_read_whole,
            }
            faults {
                an_unknown_container_is_told,
                passing_faults_are_repeated_when_reading,
                lasting_faults_end_with_their_kind,
                answers_of_another_shape_are_told_apart,
            }
            limits {
                an_outage_that_says_how_long_is_waited_for,
                a_long_retry_after_is_not_waited_for,
                cancelling_ends_a_silence_at_once,
            }
        );
    };
    // These functions and no others.
    ($fixture:ty: $($named:tt)*) => {
        $crate::suite::contract!(@in contract, $fixture: $($named)*);
        pub(crate) const CHECKS: $crate::suite::Checks = &[contract::CHECKS];
    };
    // Every service that reads and writes: paging tokens that expire, quotas and tokens that are at hand before
    // the first request are not every service's.
    ($fixture:ty) => {
        $crate::suite::contract!($fixture, and
            faults {
                a_paging_token_that_expired_begins_the_listing_anew,
            }
            limits {
                a_penalty_is_kept_by_every_connection,
                a_used_up_quota_is_not_tried_again,
            }
        );
    };
    ($fixture:ty, and $($more:tt)*) => {
        $crate::suite::contract!(@always $fixture);
        $crate::suite::contract!(@in writers, $fixture:
            reads {
                a_reading_runs_a_few_pages_ahead_and_stops_when_dropped,
            }
            writes {
                one_outcome_for_each_write_in_order,
                what_was_written_reads_back,
                a_refused_record_does_not_sink_its_batch,
                the_same_update_twice_is_harmless,
                empty_clears_and_absent_stays,
                a_deleted_record_is_gone,
                an_unclear_creation_is_looked_up_before_it_is_repeated,
                twins_of_an_unclear_creation_are_both_kept,
                a_twin_whose_answer_is_on_its_way_is_not_taken,
                a_lossy_service_gets_every_record_once,
                a_fault_after_some_were_written_keeps_their_ids,
            }
            faults {
                a_revoked_token_is_unauthorized,
                an_unknown_container_is_told,
                passing_faults_are_repeated_when_reading,
                lasting_faults_end_with_their_kind,
                answers_of_another_shape_are_told_apart,
                an_answer_nested_without_end_is_refused,
                an_unreachable_service_is_told,
            }
            limits {
                retry_after_is_obeyed,
                careless_retry_afters_do_not_stop_the_reading,
                eight_writers_stay_within_the_window,
            }
        );
        $crate::suite::contract!(@in besides, $fixture: $($more)*);
        pub(crate) const CHECKS: $crate::suite::Checks = &[always::CHECKS, writers::CHECKS, besides::CHECKS];
    };
    ($fixture:ty, only reading, and $($more:tt)*) => {
        $crate::suite::contract!(@always $fixture);
        $crate::suite::contract!(@in readers, $fixture:
            writes {
                who_only_reads_says_so,
            }
            limits {
                eight_readers_stay_within_the_window,
            }
        );
        $crate::suite::contract!(@in besides, $fixture: $($more)*);
        pub(crate) const CHECKS: $crate::suite::Checks = &[always::CHECKS, readers::CHECKS, besides::CHECKS];
    };
}
pub(crate) use contract;
